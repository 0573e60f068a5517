// Relay: the compiler's documents, a list paged into its store, and a document whose arguments are all unset.
import assert from "node:assert/strict";
import runtime from "relay-runtime";
import coauthors from "./generated/relay/documentsCoauthorsQuery.graphql.js";
import person from "./generated/relay/documentsPersonQuery.graphql.js";
import unset from "./generated/relay/documentsUnsetQuery.graphql.js";
import { counted, done, endpoint, plainly, requestsOf } from "./asked.js";

const { Environment, Network, RecordSource, Store, fetchQuery } = runtime;
const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
let sent: Record<string, unknown> = {};
const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(async ({ text }, variables) => {
    sent = variables;
    const answer = await counted(endpoint, { method: "POST", headers, body: JSON.stringify({ query: text, variables }) });
    return (await answer.json()) as any;
  }),
});
const NAME = "Andrew Kyle Lampinen";

function ask(request: unknown, variables: object, fetchPolicy: "network-only" | "store-or-network" = "network-only"): Promise<any> {
  return fetchQuery(environment, request as any, variables as any, { fetchPolicy }).toPromise();
}

const { id } = (await ask(person, { name: NAME })).author;
const [, asked] = await requestsOf(() => ask(person, { name: NAME }, "store-or-network"));
assert.equal(asked, 0);

// Page by page: the store's connection has them all, each entry once, as one long page has them.
const all = `query ($id: ID!) {
  author(by: { id: $id }) { coauthors(first: 100) { totalCount edges { paperCount weight node { id name } } } }
}`;
const whole = (await plainly<any>(all, { id })).author.coauthors;
let cursor: string | null = null;
let pages = 0;
let held: any;
do {
  await ask(coauthors, { id, count: 3, cursor });
  held = connection();
  cursor = held.pageInfo.hasNextPage ? held.pageInfo.endCursor : null;
  pages += 1;
} while (cursor);
assert.deepEqual(
  held.edges.map(({ node, paperCount, weight }: any) => [node.id, node.name, paperCount, weight]),
  whole.edges.map(({ node, paperCount, weight }: any) => [node.id, node.name, paperCount, weight]),
);

function connection(): any {
  const source: any = environment.getStore().getSource();
  const record = (ref: string) => source.get(ref);
  const list = record(record(id)["__documents_coauthors_connection"].__ref);
  const edges = list.edges.__refs.map((ref: string) => ({ ...record(ref), node: record(record(ref).node.__ref) }));
  return { edges, pageInfo: record(list.pageInfo.__ref) };
}

// Unset arguments: null for each, and the answer is that of the document without them.
const { author, papers, suggest } = await ask(unset, { name: NAME });
assert.ok(Object.entries(sent).every(([name, value]) => name === "name" || value === null));
assert.ok(Object.keys(sent).length >= 16);
const bare = `query ($name: String!) {
  author(by: { name: $name }) {
    coauthors { totalCount edges { paperCount node { id } } } collaborators { edges { distance node { id } } }
    metrics { hIndex { value } } network { nodes { author { id } } }
  }
  papers { edges { node { id } } }
  suggest(prefix: "a") { text }
}`;
assert.deepEqual(plain({ author, papers, suggest }), plain(await plainly(bare, { name: NAME })));

function plain(value: unknown): unknown {
  // In the order of names: Relay asks for `id` beside what a document has.
  return JSON.parse(JSON.stringify(value), (_, part) =>
    part && typeof part === "object" && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  );
}
done({ pages, coauthors: whole.totalCount, unset: Object.keys(sent).length });
