import '../../../web/design/tokens.css'
import { mount } from 'svelte'
import { openLanguage } from '../../../web/i18n/choose-language.ts'
import Page from './Page.svelte'

await openLanguage()
const appointment = Number(new URLSearchParams(location.search).get('appointment'))
const me = { person: 'mei', appointments: [appointment], agencies: [] }
mount(Page, { target: document.body, props: { me } })
