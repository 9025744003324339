import { oversightScenes } from './oversight-scenes.ts'
import { publicScenes } from './public-scenes.ts'
import type { Scene } from './scene.ts'
import { stateScenes } from './state-scenes.ts'
import { talkScenes } from './talk-scenes.ts'

/** Every page, and the states that are not seen by opening it. */
export const scenes: readonly Scene[] = [
  ...publicScenes,
  ...talkScenes,
  ...oversightScenes,
  ...stateScenes,
]
