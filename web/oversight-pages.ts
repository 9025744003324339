// One chunk: the first page names every file of every other, and these would bring some thirty names.
export { default as Observer } from './observers/ObserverPage.svelte'
export { default as Observers } from './observers/Observers.svelte'
export { default as PublicRecord } from './public-record/PublicRecord.svelte'
export { default as NewSuggestion } from './suggestions/New.svelte'
export { default as Suggestion } from './suggestions/SuggestionPage.svelte'
export { default as Suggestions } from './suggestions/Suggestions.svelte'
export { default as Trace } from './trace/TracePage.svelte'
