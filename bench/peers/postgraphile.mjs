// PostGraphile 5 over a PostgreSQL of its own: postgraphile.mjs PORT SOCKET_FOLDER
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const [port, socket] = process.argv.slice(2);
const host = "127.0.0.1";
const service = makePgService({
  connectionString: `postgres://postgres@/postgres?host=${encodeURIComponent(socket)}`,
  schemas: ["papers"],
  poolConfig: { max: 8 },
});
const server = createServer();
const served = postgraphile({
  extends: [PostGraphileAmberPreset],
  schema: { defaultBehavior: "list connection" },
  grafserv: { host, port: +port, graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: { explain: false },
  pgServices: [service],
}).createServ(grafserv);
await served.addTo(server);
server.listen(+port, host);
