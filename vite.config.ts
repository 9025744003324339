import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'
import { compressFolder } from './server/http/compress.ts'

const api = `http://127.0.0.1:${process.env.PORT ?? 3000}`

export default defineConfig({
  root: 'web',
  plugins: [svelte({ configFile: false }), compressed()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // The security policy lets no font come from inside a stylesheet.
    assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    // Those that know light-dark(): rewritten for older ones, a theme could not be set on a part of a page.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: { proxy: { '/api': api, '/socket.io': { target: api, ws: true } } },
})

function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle: ({ dir }) => compressFolder(dir!),
  }
}
