import { tmpdir } from 'node:os'
import path from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/support/longest-first.ts'

/** Milliseconds for what merely goes on, also where a machine is slow; what is promised says how soon itself. */
const PATIENCE = 30_000

// Also what Vitest starts need not compile what others have, nor what those start.
process.env.NODE_COMPILE_CACHE ??= path.join(tmpdir(), 'clerestory-compile-cache')

/** Tests of servers wait most of their time. */
const WAITING = { maxWorkers: 5, sequence: { groupOrder: 0 } }
/** Browsers do not: more than three at a time on two cores wait for each other. */
const WORKING = { maxWorkers: 3, sequence: { groupOrder: 1 } }

/** Node runs the very files, as it does for who uses them: what Vite makes of them is slower, and another thing. */
const AS_THEY_ARE = { experimental: { viteModuleRunner: false, nodeLoader: false } }

export default defineConfig({
  test: {
    globalSetup: 'test/support/template-database.ts',
    sequence: { sequencer: LongestFirst },
    expect: { poll: { timeout: PATIENCE } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/*.test.ts', 'test/{shared,server}/**/*.test.ts'],
          ...WAITING,
          // Every file would import the whole server anew. No module of ours keeps anything of a city.
          isolate: false,
          ...AS_THEY_ARE,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        resolve: { conditions: ['browser'] },
        test: { name: 'web', include: ['test/web/**/*.test.ts'], isolate: false, ...WAITING },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          ...WORKING,
          // What drives the browser is loaded once in each worker, and so is the page.
          isolate: false,
          ...AS_THEY_ARE,
          globalSetup: 'test/support/page-and-browser.ts',
          setupFiles: 'test/support/wait-for-page.ts',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
