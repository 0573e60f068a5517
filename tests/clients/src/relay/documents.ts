// Documents for the Relay compiler, which writes a module for each.
import { graphql } from "relay-runtime";

export const person = graphql`
  query documentsPersonQuery($name: String!) {
    author(by: { name: $name }) {
      id
      name
    }
  }
`;

export const list = graphql`
  fragment documents_coauthors on Author
  @refetchable(queryName: "documentsCoauthorsQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" }) {
    coauthors(first: $count, after: $cursor) @connection(key: "documents_coauthors") {
      totalCount
      edges {
        paperCount
        weight
        node {
          name
        }
      }
    }
  }
`;

// Every argument is a variable, and none of them is set: the runtime sends null for each.
export const unset = graphql`
  query documentsUnsetQuery(
    $name: String!
    $distance: Int
    $years: YearRange
    $most: Int
    $where: AuthorFilter
    $orderBy: [CoauthorOrder!]
    $first: Int
    $after: String
    $last: Int
    $before: String
    $radius: Int
    $asOf: Date
    $self: Boolean
    $papers: PaperFilter
    $paperOrder: [PaperOrder!]
    $kinds: [NodeKind!]
  ) {
    author(by: { name: $name }) {
      coauthors(
        years: $years
        maxAuthorsPerPaper: $most
        where: $where
        orderBy: $orderBy
        first: $first
        after: $after
        last: $last
        before: $before
      ) {
        totalCount
        edges {
          paperCount
          node {
            id
          }
        }
      }
      collaborators(distance: $distance, years: $years, maxAuthorsPerPaper: $most, where: $where, first: $first, after: $after) {
        edges {
          distance
          node {
            id
          }
        }
      }
      metrics(years: $years, asOf: $asOf, excludeSelfCitations: $self) {
        hIndex {
          value
        }
      }
      network(radius: $radius, years: $years, maxAuthorsPerPaper: $most, first: $first) {
        nodes {
          author {
            id
          }
        }
      }
    }
    papers(where: $papers, orderBy: $paperOrder, first: $first, after: $after) {
      edges {
        node {
          id
        }
      }
    }
    suggest(prefix: "a", kinds: $kinds, first: $first) {
      text
    }
  }
`;
