/** What observers of the demonstration say of a number that moved, by who says it. */
export interface Told {
  language: string
  text: string
}

export const liveTexts: Readonly<Record<'city' | 'order', readonly Told[]>> = {
  city: [
    {
      language: 'en',
      text: 'This moved more since yesterday than anything else here. What happened?',
    },
    { language: 'fr', text: 'C’est ce qui a le plus changé depuis hier. Que s’est-il passé ?' },
    {
      language: 'en',
      text: 'Is this the weather, or is something broken? The number is not like yesterday’s.',
    },
  ],
  order: [
    { language: 'ar', text: 'هذا أكثر ما تغيّر منذ أمس. ما السبب؟' },
    { language: 'en', text: 'Not like yesterday. Is somebody looking at it already?' },
  ],
}

/** Forms of answers. */
export const liveAnswers = [
  {
    language: 'zh',
    text: '与昨日相比的变化来自同一路段的重复报修，已并案处理。',
    done: '现场已派员核实。',
  },
  {
    language: 'en',
    text: 'It is within what a day brings at this time of the year. We look at it again tomorrow.',
  },
  {
    language: 'zh',
    text: '夜间天气所致，人手已调整。',
    done: '今晚加派一组。',
  },
] as const
