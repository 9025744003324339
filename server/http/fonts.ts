import { createRequire } from 'node:module'
import path from 'node:path'
import express, { Router } from 'express'

const require = createRequire(import.meta.url)

/** A sheet says which file holds which characters, and only those that a page needs are fetched. */
const latin = 'inter'
/** Of languages whose script Inter lacks. */
const folders: Readonly<Record<string, string>> = {
  zh: 'noto-sans-sc',
  ja: 'noto-sans-jp',
  ko: 'noto-sans-kr',
  ar: 'noto-sans-arabic',
}

/** Fonts by the language of a page that brings no script: first ours, then those that machines have. */
export const fontStyle = `
  :lang(zh) { --own: 'Noto Sans SC Variable', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei' }
  :lang(en) { --own: system-ui }
  :lang(zh-Hant), :lang(zh-TW), :lang(zh-HK) { --own: 'Noto Sans TC', 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans SC Variable' }
  :lang(ja) { --own: 'Noto Sans JP Variable', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic' }
  :lang(ko) { --own: 'Noto Sans KR Variable', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic' }
  :lang(ar) { --own: 'Noto Sans Arabic Variable', 'Noto Sans Arabic', 'Segoe UI' }
  body, [lang] { font-family: 'Inter Variable', Inter, var(--own, system-ui), 'Noto Sans SC Variable', 'PingFang SC', 'Microsoft YaHei', sans-serif }`

/**
 * Where the sheets of a page are, by its language and those of the texts that it holds, which in a city that publishes
 * in Chinese may be Chinese on any page.
 */
export function fontSheets(language: string): string[] {
  const [code = ''] = language.split('-')
  const own = Object.hasOwn(folders, code) ? [folders[code]!] : []
  return [...new Set([latin, ...own, folders.zh!])].map((folder) => `/fonts/${folder}/index.css`)
}

/** `GET /fonts/FOLDER/index.css` and the files it names. */
export function fontRoutes(): Router {
  const routes = Router()
  for (const folder of [latin, ...Object.values(folders)]) {
    const home = path.dirname(require.resolve(`@fontsource-variable/${folder}/package.json`))
    const kept = { maxAge: '7d', index: false } as const
    routes.get(`/fonts/${folder}/index.css`, (_req, res) =>
      res.sendFile('index.css', { ...kept, root: home }),
    )
    routes.use(`/fonts/${folder}/files`, express.static(path.join(home, 'files'), kept))
  }
  return routes
}
