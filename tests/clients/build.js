// Build the scripts of src/ in build/ against the server whose address is the first argument: schema, generated code, types. Prints the steps as JSON.
import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { buildSchema, introspectionFromSchema } from "graphql";

const run = promisify(execFile);
const steps = {};

async function step(name, command, ...argv) {
  const begun = Date.now();
  try {
    await run(`node_modules/.bin/${command}`, argv, { maxBuffer: 1 << 26 });
    steps[name] = { ok: true, milliseconds: Date.now() - begun };
  } catch ({ stdout, stderr }) {
    steps[name] = { ok: false, said: `${stdout}${stderr}` };
  }
}

for (const folder of ["build", "src/generated"]) rmSync(folder, { recursive: true, force: true });
mkdirSync("build");
mkdirSync("src/generated/relay", { recursive: true });
const text = await (await fetch(new URL("/schema.graphql", process.argv[2]))).text();
writeFileSync("build/schema.graphql", text);
writeFileSync("build/schema.json", JSON.stringify(introspectionFromSchema(buildSchema(text))));
await Promise.all([
  step("graphql-codegen", "graphql-codegen", "--config", "codegen.json"),
  step("gql.tada", "gql.tada", "generate-output"),
  step("relay-compiler", "relay-compiler", "relay.config.json"),
]);
await step("tsc", "tsc", "--project", "tsconfig.json");
process.stdout.write(JSON.stringify(steps));
