// urql with Graphcache: pages a list into one, answers from the cache what other queries brought, asks again.
import assert from "node:assert/strict";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { print } from "graphql";
import { CoauthorPageDocument, FiguresDocument, OtherFiguresDocument, PaperPageDocument, PersonDocument } from "./generated/graphql/graphql.js";
import { PARTLY, counted, done, endpoint, plainly, requestsOf, schema } from "./asked.js";
import { graphcache } from "./cache.js";

const warnings: unknown[] = [];
console.warn = (...words) => warnings.push(words);
const client = new Client({
  url: endpoint,
  exchanges: [cacheExchange(graphcache(schema)), fetchExchange],
  fetch: counted,
  preferGetMethod: false,
});

const found = await client.query(PersonDocument, { name: "Andrew Kyle Lampinen" });
const id = found.data!.author!.id;

let after: string | null = null;
let pages = 0;
let kept;
do {
  const { data, error }: Awaited<ReturnType<typeof askPage>> = await askPage(after);
  assert.equal(error, undefined);
  kept = data!.author!.coauthors;
  after = kept.pageInfo.hasNextPage ? kept.pageInfo.endCursor! : null;
  pages += 1;
} while (after);
function askPage(after: string | null) {
  return client.query(CoauthorPageDocument, { id, first: 3, after }).toPromise();
}
// The last result has all pages: the cache puts them together.
const whole = await plainly<any>(print(CoauthorPageDocument), { id, first: 100 });
const names = (edges: readonly any[]) => edges.map(({ node, paperCount, weight }) => [node.id, node.name, paperCount, weight]);
assert.deepEqual(names(kept.edges), names(whole.author.coauthors.edges));
assert.equal(kept.edges.length, kept.totalCount);

const orders = { orderBy: [{ by: "TITLE" as const }], first: 2 };
const recent = { ...orders, where: { year: { gte: 2024 } } };
await client.query(PaperPageDocument, recent);
await client.query(PaperPageDocument, { ...orders, where: { year: { lt: 2024 } } });
const [again, asked] = await requestsOf(() => client.query(PaperPageDocument, recent).toPromise());
assert.equal(asked, 0);
assert.deepEqual(strip(again.data), await plainly(print(PaperPageDocument), recent));

await client.query(FiguresDocument, { id });
await client.query(OtherFiguresDocument, { id });
const [, figures] = await requestsOf(() => client.query(FiguresDocument, { id }).toPromise());
assert.equal(figures, 0);

const [, refetched] = await requestsOf(() => client.query(FiguresDocument, { id }, { requestPolicy: "network-only" }).toPromise());
assert.equal(refetched, 1);
// A partial success has its data and its errors.
const partly = await client.query<any>(PARTLY, {}, { requestPolicy: "network-only" });
assert.ok(partly.data.snapshot.version);
assert.match(partly.error!.message, /`first` must be between/);
assert.equal(partly.error!.networkError, undefined);
// It warns of types without a key, of fields that the schema does not have, and of what it cannot match.
assert.deepEqual(warnings, []);

function strip(value: any): any {
  return JSON.parse(JSON.stringify(value, (key, part) => (key === "__typename" ? undefined : part)));
}
done({ pages, coauthors: kept.totalCount });
