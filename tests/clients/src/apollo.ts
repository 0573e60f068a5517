// Apollo Client: pages a list into one, finds people that any query brought, asks again, keeps figures that came apart.
import assert from "node:assert/strict";
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { parse, print } from "graphql";
import { AgainDocument, CoauthorPageDocument, FiguresDocument, OtherFiguresDocument, PaperPageDocument, PersonDocument } from "./generated/graphql/graphql.js";
import { PARTLY, counted, done, endpoint, plainly, requestsOf, schema } from "./asked.js";
import { apolloCache } from "./cache.js";

const cache = new InMemoryCache(apolloCache(schema));
const client = new ApolloClient({ link: new HttpLink({ uri: endpoint, fetch: counted }), cache });

const found = await client.query({ query: PersonDocument, variables: { name: "Andrew Kyle Lampinen" } });
const id = found.data!.author!.id;

// Pages of three until the last: the cache then has the list as one page would show it.
let after: string | null = null;
let pages = 0;
do {
  const page: Awaited<ReturnType<typeof askPage>> = await askPage(after);
  after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor! : null;
  pages += 1;
} while (after);
async function askPage(after: string | null) {
  const { data } = await client.query({ query: CoauthorPageDocument, variables: { id, first: 3, after }, fetchPolicy: "network-only" });
  return data!.author!.coauthors;
}
const whole = await plainly<any>(print(CoauthorPageDocument), { id, first: 100 });
const kept = cache.readQuery({ query: CoauthorPageDocument, variables: { id, first: 3 } })!.author!.coauthors;
const names = (edges: readonly any[]) => edges.map(({ node, paperCount, weight }) => [node.id, node.name, paperCount, weight]);
assert.deepEqual(names(kept.edges), names(whole.author.coauthors.edges));
assert.equal(kept.edges.length, kept.totalCount);

// Lists of other conditions are lists of their own.
const orders = { orderBy: [{ by: "TITLE" as const }], first: 2 };
const recent = { query: PaperPageDocument, variables: { ...orders, where: { year: { gte: 2024 } } } };
await client.query(recent);
await client.query({ query: PaperPageDocument, variables: { ...orders, where: { year: { lt: 2024 } } } });
const [again, asked] = await requestsOf(() => client.query(recent));
assert.equal(asked, 0);
assert.deepEqual(strip(again.data), await plainly(print(PaperPageDocument), recent.variables));

// A person whom a list brought is known by id to every other query.
const known = cache.identify({ __typename: "Author", id: kept.edges[0]!.node.id });
assert.equal((cache.extract() as any)[known!].name, kept.edges[0]!.node.name);

// Figures without identity that two queries brought are merged.
await client.query({ query: FiguresDocument, variables: { id } });
await client.query({ query: OtherFiguresDocument, variables: { id } });
const [, figures] = await requestsOf(() => client.query({ query: FiguresDocument, variables: { id } }));
assert.equal(figures, 0);

// What is asked again comes from the server.
const [, refetched] = await requestsOf(() => client.query({ query: AgainDocument, variables: { id }, fetchPolicy: "network-only" }));
assert.equal(refetched, 1);

// A partial success has its data and its errors.
const partly = await client.query<any>({ query: parse(PARTLY), errorPolicy: "all", fetchPolicy: "no-cache" });
assert.ok(partly.data.snapshot.version);
assert.equal(partly.data.author, null);
assert.match(partly.error!.message, /`first` must be between/);

function strip(value: any): any {
  return JSON.parse(JSON.stringify(value, (key, part) => (key === "__typename" ? undefined : part)));
}
done({ pages, coauthors: kept.totalCount });
