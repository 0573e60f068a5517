// Cache settings for Apollo Client and urql's Graphcache, read off the schema: docs/clients.md explains them and has this text.
import { relayStylePagination } from "@apollo/client/utilities";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import type { IntrospectionField, IntrospectionObjectType, IntrospectionQuery, IntrospectionTypeRef } from "graphql";

const PAGING = ["first", "after", "last", "before"];

function named(type: IntrospectionTypeRef): string {
  return "ofType" in type && type.ofType ? named(type.ofType) : (type as { name: string }).name;
}

function objects(schema: IntrospectionQuery): IntrospectionObjectType[] {
  return schema.__schema.types.filter((type) => type.kind === "OBJECT" && !type.name.startsWith("__")) as IntrospectionObjectType[];
}

/** The types that implement Node; all others have no identity and belong to the object around them. */
export function nodeTypes(schema: IntrospectionQuery): string[] {
  return objects(schema).filter((type) => type.interfaces.some(({ name }) => name === "Node")).map(({ name }) => name);
}

function connections(type: IntrospectionObjectType): IntrospectionField[] {
  return type.fields.filter((field) => named(field.type).endsWith("Connection") && field.args.some(({ name }) => name === "after"));
}

/** Apollo: a list is one list whatever page of it was asked for; objects without identity are merged into what is there. */
export function apolloCache(schema: IntrospectionQuery) {
  const nodes = nodeTypes(schema);
  const typePolicies: Record<string, object> = {};
  for (const type of objects(schema)) {
    const lists = connections(type).map((field) => {
      const keyArgs = field.args.map(({ name }) => name).filter((name) => !PAGING.includes(name));
      return [field.name, relayStylePagination(keyArgs)];
    });
    const identity = type.name === "Query" ? {} : nodes.includes(type.name) ? { keyFields: ["id"] } : { keyFields: false, merge: true };
    typePolicies[type.name] = { ...identity, fields: Object.fromEntries(lists) };
  }
  return { possibleTypes: { Node: nodes }, typePolicies };
}

/** urql: the same, and the schema, so that `node(id:)` and fragments on Node are understood. */
export function graphcache(schema: IntrospectionQuery) {
  const nodes = nodeTypes(schema);
  const keyless = objects(schema).filter(({ name }) => name !== "Query" && !nodes.includes(name));
  const lists = objects(schema).map((type) => [
    type.name,
    Object.fromEntries(connections(type).map((field) => [field.name, relayPagination()])),
  ]);
  return { schema, keys: Object.fromEntries(keyless.map(({ name }) => [name, () => null])), resolvers: Object.fromEntries(lists) };
}
