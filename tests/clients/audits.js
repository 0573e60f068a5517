// The server audits of graphql-http against the address in the first argument, as JSON: [{id, name, status, reason}].
import { serverAudits } from "graphql-http";

const results = [];
for (const audit of serverAudits({ url: process.argv[2] })) {
  const { id, name, status, reason = null } = await audit.fn();
  results.push({ id, name, status, reason });
}
process.stdout.write(JSON.stringify(results));
