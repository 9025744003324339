import { tmpdir } from 'node:os'
import path from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'test/support/template-database.ts',
    // Many tests wait for something; more than three at a time on two cores wait for each other.
    maxWorkers: 3,
    // Servers and commands that tests start need not compile what others have.
    env: { NODE_COMPILE_CACHE: path.join(tmpdir(), 'clerestory-compile-cache') },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/*.test.ts', 'test/{shared,server}/**/*.test.ts'],
          // Every file would import the whole server anew. No module of ours keeps anything of a city.
          isolate: false,
          testTimeout: 20_000,
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        resolve: { conditions: ['browser'] },
        test: { name: 'web', include: ['test/web/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          // What drives the browser is loaded once in each worker, and so is the page.
          isolate: false,
          globalSetup: 'test/support/page-and-browser.ts',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
