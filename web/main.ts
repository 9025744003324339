import '@fontsource-variable/inter/opsz.css'
import './design/tokens.css'
import './design/base.css'
import './design/table.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { loadFonts } from './design/fonts.ts'
import { openLanguage } from './i18n/choose-language.ts'
import { language } from './i18n/language.svelte.ts'

await openLanguage()
mount(App, { target: document.body })
loadFonts(language().code)
