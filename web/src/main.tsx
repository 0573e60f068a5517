// GraphiQL on /graphql. The address holds the query and its variables, so that it can be passed on.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";

import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { GraphiQL, type GraphiQLProps } from "graphiql";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";

const EXAMPLE = `# Who wrote most, and with whom?
{
  authors(first: 3, orderBy: [{ by: PAPER_COUNT }]) {
    totalCount
    nodes {
      name
      papers(first: 2) {
        nodes {
          title
          year
        }
      }
      coauthors(first: 3) {
        edges {
          paperCount
          node {
            name
          }
        }
      }
    }
  }
}
`;

const fetcher: GraphiQLProps["fetcher"] = async (asked) => {
  const reply = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(asked),
  });
  return reply.json();
};

const address = new URLSearchParams(location.search);
const came = address.has("query");

function keep(name: string, value: string | undefined): void {
  if (value) address.set(name, value);
  else address.delete(name);
  history.replaceState(null, "", address.size ? `?${address}` : location.pathname);
}

// Runs the example as soon as both editors stand, so that the page opens with an answer. A query that came by the address is
// shown; whoever opened it decides whether it runs.
function FirstRun() {
  const ready = useGraphiQL((state) => Boolean(state.queryEditor && state.responseEditor));
  const { run } = useGraphiQLActions();
  useEffect(() => {
    if (ready && !came) run();
  }, [ready, run]);
  return null;
}

createRoot(document.getElementById("page")!).render(
  <GraphiQL
    fetcher={fetcher}
    defaultQuery={EXAMPLE}
    initialQuery={address.get("query") ?? undefined}
    initialVariables={address.get("variables") ?? undefined}
    onEditQuery={(query) => keep("query", query)}
    onEditVariables={(variables) => keep("variables", variables)}
    isHeadersEditorEnabled={false}
  >
    <FirstRun />
  </GraphiQL>,
);
