import { createRequire } from 'node:module'
import path from 'node:path'
import express, { Router } from 'express'

const require = createRequire(import.meta.url)

/** Of languages whose script Inter lacks: the sheet says which file holds which characters, and only those are fetched. */
const folders: Readonly<Record<string, string>> = {
  zh: 'noto-sans-sc',
  ja: 'noto-sans-jp',
  ko: 'noto-sans-kr',
  ar: 'noto-sans-arabic',
}

/** Fonts by the language of a page that brings no script: first ours, then those that machines have. */
export const fontStyle = `
  :root { --own: 'Noto Sans SC Variable', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei' }
  :root:lang(zh-Hant), :root:lang(zh-TW), :root:lang(zh-HK) { --own: 'Noto Sans TC', 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans SC Variable' }
  :root:lang(ja) { --own: 'Noto Sans JP Variable', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic' }
  :root:lang(ko) { --own: 'Noto Sans KR Variable', 'Noto Sans KR', 'Apple SD Gothic Neo', 'Malgun Gothic' }
  :root:lang(ar) { --own: 'Noto Sans Arabic Variable', 'Noto Sans Arabic', 'Segoe UI' }
  body { font-family: Inter, var(--own), system-ui, sans-serif }`

/** Where the sheet of a language is; undefined where Inter and the machine's fonts do. */
export function fontSheet(language: string): string | undefined {
  const [code = ''] = language.split('-')
  const folder = Object.hasOwn(folders, code) ? folders[code] : undefined
  return folder && `/fonts/${folder}/index.css`
}

/** `GET /fonts/FOLDER/index.css` and the files it names. */
export function fontRoutes(): Router {
  const routes = Router()
  for (const folder of Object.values(folders)) {
    const home = path.dirname(require.resolve(`@fontsource-variable/${folder}/package.json`))
    const kept = { maxAge: '7d', index: false } as const
    routes.get(`/fonts/${folder}/index.css`, (_req, res) =>
      res.sendFile('index.css', { ...kept, root: home }),
    )
    routes.use(`/fonts/${folder}/files`, express.static(path.join(home, 'files'), kept))
  }
  return routes
}
