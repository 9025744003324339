import { builtPage } from './built-page.ts'

await builtPage()
