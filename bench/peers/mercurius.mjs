// Mercurius with its compiler on (jit), over linked objects in memory: mercurius.mjs PORT TABLES SCHEMA
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Fastify from "fastify";
import mercurius from "mercurius";

const [port, tables, schema] = process.argv.slice(2);
const rows = (name) => readFileSync(join(tables, `${name}.tsv`), "utf8").trimEnd().split("\n").map((line) => line.split("\t"));

const institutions = rows("institution").map(([, name]) => ({ name }));
const authors = rows("author").map(([number, id, name, orcid, paperCount, citationCount, place]) => ({
  number: +number, id, name, orcid, paperCount: +paperCount, citationCount: +citationCount, institution: institutions[place], written: [],
}));
const papers = rows("paper").map(([number, id, title, year, category, citationCount]) => ({
  number: +number, id, title, year: +year, category, citationCount: +citationCount, authors: [], cites: [], cited: [],
}));
for (const [paper, author] of rows("authorship")) {
  papers[paper].authors.push(authors[author]);
  authors[author].written.push(papers[paper]);
}
for (const [citing, cited] of rows("citation")) {
  papers[citing].cites.push(papers[cited]);
  papers[cited].cited.push(papers[citing]);
}
const authorById = new Map(authors.map((author) => [author.id, author]));
const paperById = new Map(papers.map((paper) => [paper.id, paper]));
const mostCited = papers.toSorted((a, b) => b.citationCount - a.citationCount || a.number - b.number);

function coauthors(author, { first }) {
  const joint = new Map();
  for (const paper of author.written) {
    for (const other of paper.authors) if (other !== author) joint.set(other, (joint.get(other) ?? 0) + 1);
  }
  return Array.from(joint, ([node, paperCount]) => ({ node, paperCount }))
    .sort((a, b) => b.paperCount - a.paperCount || a.node.number - b.node.number)
    .slice(0, first);
}

function published(_, { from, to, first }) {
  const found = [];
  for (const paper of mostCited) {
    if (paper.year < from || paper.year > to) continue;
    found.push(paper);
    if (found.length === first) break;
  }
  return found;
}

const resolvers = {
  Query: {
    author: (_, { id }) => authorById.get(id),
    paper: (_, { id }) => paperById.get(id),
    authors: (_, { ids }) => ids.map((id) => authorById.get(id)),
    papers: published,
  },
  Author: { papers: (author, { first }) => author.written.slice(0, first), coauthors },
  Paper: { references: (paper, { first }) => paper.cites.slice(0, first), citedBy: (paper, { first }) => paper.cited.slice(0, first) },
};

const app = Fastify({ logger: false });
app.register(mercurius, { schema: readFileSync(schema, "utf8"), resolvers, jit: 1 });
await app.listen({ host: "127.0.0.1", port: +port });
