import '@fontsource-variable/inter/opsz.css'
import './design/tokens.css'
import './design/base.css'
import './design/table.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { loadFonts } from './design/fonts.ts'
import { openLanguage } from './i18n/choose-language.ts'
import { language } from './i18n/language.svelte.ts'

/** Not awaited on top: what it fetches may itself wait until the file that this stands in has run. */
async function start() {
  await openLanguage()
  mount(App, { target: document.body })
  loadFonts(language().code)
}

void start()
