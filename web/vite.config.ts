import { defineConfig } from "vite";

// Built into the Python package, which serves the files under /static.
export default defineConfig({
  base: "/static/",
  build: {
    outDir: "../api/static",
    emptyOutDir: true,
    assetsDir: ".",
    // The editor and its workers are large; they come from the same machine.
    chunkSizeWarningLimit: 8000,
  },
  worker: { format: "es" },
});
