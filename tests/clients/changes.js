// The changes from the schema in the first file to each of those in the others, as graphql-inspector judges them, as JSON:
// {file: [{criticality, type, message}]}.
import { readFileSync } from "node:fs";
import { diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

const [before, ...files] = process.argv.slice(2);
const schemaOf = (file) => buildSchema(readFileSync(file, "utf8"));
const changes = {};
for (const file of files) {
  const found = await diff(schemaOf(before), schemaOf(file));
  changes[file] = found.map(({ criticality, type, message }) => ({ criticality: criticality.level, type, message }));
}
process.stdout.write(JSON.stringify(changes));
