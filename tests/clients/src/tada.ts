// gql.tada: the types of documents, without generated code for each. What is not in the schema does not compile.
import assert from "node:assert/strict";
import { print } from "graphql";
import { initGraphQLTada, type ResultOf, type VariablesOf } from "gql.tada";
import type { introspection } from "./generated/tada.d.ts";
import { done, plainly } from "./asked.js";

const graphql = initGraphQLTada<{ introspection: introspection; scalars: { Date: string; DateTime: string } }>();
const Titled = graphql(`
  fragment Titled on Paper @_unmask {
    id
    title
    publishedOn
  }
`);
const Recent = graphql(
  `
    query Recent($where: PaperFilter, $first: Int) {
      papers(where: $where, first: $first, orderBy: [{ by: PUBLISHED_ON }]) {
        totalCount
        edges {
          node {
            ...Titled
          }
        }
      }
    }
  `,
  [Titled],
);

const variables: VariablesOf<typeof Recent> = { where: { year: { gte: 2024 } }, first: 2 };
const data = await plainly<ResultOf<typeof Recent>>(print(Recent), variables);
const days: (string | null)[] = data.papers.edges.map(({ node }) => node.publishedOn);
const titles: string[] = data.papers.edges.map(({ node }) => node.title);
assert.equal(titles.length, 2);
assert.deepEqual(days, [...days].sort().reverse());
// @ts-expect-error: papers have no colour.
assert.equal(data.papers.edges[0]!.node.colour, undefined);
// @ts-expect-error: a filter has no such member.
const wrong: VariablesOf<typeof Recent> = { where: { colour: { eq: "red" } } };
done({ titles: titles.length, wrong: Object.keys(wrong).length });
