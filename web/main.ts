import '@fontsource-variable/inter/opsz.css'
import './design/tokens.css'
import './design/base.css'
import './design/table.css'
import { mount } from 'svelte'
import App from './App.svelte'

mount(App, { target: document.body })
