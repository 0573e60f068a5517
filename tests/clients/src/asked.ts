// What every script shares: where the server is, a fetch that counts its requests, and the answer without a cache.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { IntrospectionQuery } from "graphql";

export const endpoint = process.argv[2]!;
export const schema: IntrospectionQuery = JSON.parse(readFileSync(new URL("../schema.json", import.meta.url), "utf8"));
export let requests = 0;

export const counted = (input: any, init?: any): Promise<any> => {
  requests += 1;
  return fetch(input, init);
};

/** The requests that some work takes. */
export async function requestsOf<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = requests;
  return [await work(), requests - before];
}

/** The data of a query without a client: all of a list in one page. */
export async function plainly<T>(query: string, variables: object): Promise<T> {
  const accept = "application/graphql-response+json";
  const headers = { "content-type": "application/json", accept };
  const answer = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
  assert.equal(errors, undefined);
  return data;
}

/** Half of it fails, which has the status 294. */
export const PARTLY = '{ snapshot { version } author(by: {name: "Andrew Kyle Lampinen"}) { id papers(first: -1) { totalCount } } }';

export function done(checks: object): void {
  process.stdout.write(JSON.stringify(checks));
}
