import { execFileSync } from 'node:child_process'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'
import { compressFolder } from './server/http/compress.ts'
import { cutCatalogues } from './web/i18n/cut-catalogues.ts'

const api = `http://127.0.0.1:${process.env.PORT ?? 3000}`

/** What is built, where it is built from a repository; the page says that it does not know otherwise. */
function commit(): string | undefined {
  try {
    const head = ['rev-parse', '--short=12', 'HEAD']
    return execFileSync('git', head, { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return undefined
  }
}

export default defineConfig({
  root: 'web',
  define: { 'import.meta.env.COMMIT': JSON.stringify(commit() ?? '') },
  plugins: [svelte({ configFile: false }), cutCatalogues(), parserless(), compressed()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // The security policy lets no font come from inside a stylesheet.
    assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    // Those that know light-dark(): rewritten for older ones, a theme could not be set on a part of a page.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // What every page needs comes as one file: cut where pages share it, it weighs 10 kB more.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      // On a slow machine it would tell whoever starts the server which plugins took long.
      checks: { bundlerTimings: false },
    },
  },
  server: { proxy: { '/api': api, '/socket.io': { target: api, ws: true } } },
})

/** The built page has its messages parsed (`cutCatalogues`), and no parser. */
function parserless(): Plugin {
  const parser = '@formatjs/icu-messageformat-parser'
  return {
    name: 'parserless',
    apply: 'build',
    config: () => ({ resolve: { alias: { [parser]: `${parser}/no-parser.js` } } }),
  }
}

function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle: ({ dir }) => compressFolder(dir!),
  }
}
