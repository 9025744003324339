import { expect, test } from 'vitest'
import { textOfDocx } from '../../../server/drafts/docx.ts'
import { readDraftFile } from '../../../server/drafts/read-draft-file.ts'
import { unpack, zipOf, entriesOf } from '../../../server/drafts/zip.ts'
import { docx, documentOf, paragraph, zip } from './docx-file.ts'

test('headings and numbered articles of a Word document become provisions', async () => {
  const { provisions, leftOut } = await readDraftFile(
    docx(
      [
        paragraph('Harbour rules', 'Titel'),
        paragraph('Chapter 1. Hours', 'berschrift1'),
        paragraph('Article 1. Night'),
        paragraph('A night is the time between 23:00 and 06:00 & no more.'),
        paragraph('(1) In summer too.'),
        paragraph('第二条 渡轮夜间不得鸣笛。'),
        '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>6</w:t></w:r><w:r><w:tab/><w:t>knots</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
      ].join(''),
    ),
  )
  expect(leftOut).toEqual([])
  expect(provisions.map(({ id, kind, heading, text }) => [id, kind, heading, text])).toEqual([
    ['preamble', 'preamble', '', 'Harbour rules'],
    ['c1', 'chapter', 'Hours', ''],
    ['1', 'article', 'Night', 'A night is the time between 23:00 and 06:00 & no more.'],
    ['1.1', 'clause', '', 'In summer too.'],
    ['2', 'article', '', '渡轮夜间不得鸣笛。\n6 knots'],
  ])
})

test('active content, pictures, links and changes are left out, and it is said', async () => {
  const article = paragraph('Article 1. Be quiet.')
  const external =
    '<Relationships><Relationship Id="a" Type="x/attachedTemplate" Target="http://example.org/a.dotm" TargetMode="External"/></Relationships>'
  const { text, leftOut } = await textOfDocx(
    docx(
      [
        article,
        paragraph('Shown.', '', '<w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r>'),
        '<w:p><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>',
        '<w:p><w:hyperlink r:id="a" w:anchor="b"><w:r><w:t>A link.</w:t></w:r></w:hyperlink></w:p>',
        '<w:altChunk r:id="a"/>',
      ].join(''),
      {
        'word/vbaProject.bin': 'Sub AutoOpen()',
        'word/embeddings/oleObject1.bin': 'MZ',
        'word/media/image1.png': 'x',
        'word/_rels/document.xml.rels': external,
      },
    ),
  )
  expect(text).toBe('Article 1. Be quiet.\nShown.\nA link.')
  expect(leftOut).toEqual(['macros', 'embedded', 'linked', 'fields', 'pictures', 'changes'])
})

const article = paragraph('Article 1. Be quiet.')
const deep = (levels: number) =>
  documentOf('<w:sdt a="/>">'.repeat(levels) + '</w:sdt>'.repeat(levels))
const zeros = Buffer.alloc(14 * 2 ** 20)

/** What somebody may send, and what is said to it. */
const hostile: [what: string, file: () => Buffer, status: number, why: string][] = [
  [
    'a part that unpacks to 14 MB',
    () => docx('', { 'word/document.xml': zeros }),
    413,
    'more than 12 MB',
  ],
  [
    'a part that announces 1 kB and unpacks to 14 MB',
    () => zip({ 'word/document.xml': zeros }, { size: 1024 }),
    413,
    'announces less',
  ],
  [
    'parts that announce 400 MB together',
    () => zip({ a: 'a', b: 'b' }, { size: 2e8 }),
    413,
    'more than a document holds',
  ],
  [
    'three thousand parts',
    () => docx(article, Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`${n}`, '']))),
    413,
    '2000 files',
  ],
  [
    'a document in a document',
    () => zip({ 'word/document.docx': docx(article) }),
    415,
    'no Word document',
  ],
  ['an encrypted file', () => zip({ a: 'a' }, { flags: 1 }), 415, 'encrypted'],
  ['half of a file', () => docx(article).subarray(0, 300), 415, 'not a whole Word document'],
  [
    'elements 10,000 deep',
    () => docx('', { 'word/document.xml': deep(10_000) }),
    413,
    'deeper than 100',
  ],
  ['half a million elements', () => docx('<w:p/>'.repeat(500_000)), 413, '400000 elements'],
  [
    'entities that grow',
    () =>
      docx('', {
        'word/document.xml': `<!DOCTYPE a [<!ENTITY b "bbbb">]>${documentOf(paragraph('&b;'))}`,
      }),
    415,
    'entities',
  ],
  ['comments without end', () => docx('<!--'.repeat(100_000)), 415, 'broken'],
  ['XML that is none', () => docx('<w:p></w:q>'), 415, 'cannot be read'],
  [
    'a million provisions',
    () => docx(paragraph('x'.repeat(1_000_001))),
    400,
    'longer than 1000000 characters',
  ],
  [
    'three thousand articles',
    () => docx(Array.from({ length: 3000 }, (_, n) => paragraph(`Article ${n + 1}`)).join('')),
    400,
    '2000 provisions',
  ],
  [
    'markup',
    () => docx(article + paragraph('<script>alert(1)</script>')),
    400,
    'Line 2 holds markup',
  ],
  ['no article', () => docx(paragraph('Be quiet.')), 400, 'no numbered article'],
  ['a picture', () => Buffer.from('\u0089PNG\r\n\u001a\n\0\0\0', 'latin1'), 415, 'neither'],
  [
    'a million articles in plain text',
    () => Buffer.from('Article 1\n'.repeat(1_000_000)),
    400,
    'longer than',
  ],
  [
    'headings 10,000 deep',
    () => Buffer.from(`${'#'.repeat(10_000)} Article 1`),
    400,
    'deeper than 6',
  ],
]

test.each(hostile)('%s is refused clearly and quickly', async (_, file, status, why) => {
  const body = file()
  const startedAt = performance.now()
  await expect(readDraftFile(body)).rejects.toMatchObject({
    status,
    message: expect.stringContaining(why),
  })
  expect(performance.now() - startedAt).toBeLessThan(8000)
})

test('numbers that Word sets by itself are not in the text, and who brings it is told', async () => {
  const numbered =
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Be quiet.</w:t></w:r></w:p>'
  const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  const numbering = `<w:numbering xmlns:w="${W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
  await expect(
    readDraftFile(docx(numbered, { 'word/numbering.xml': numbering })),
  ).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('Numbers that Word sets by itself'),
  })
})

test('plain text is read in UTF-8, UTF-16 and GB 18030', async () => {
  const text = '第一条 渡轮夜间不得鸣笛。'
  const [gb] = [Buffer.from('b5dad2bbccf5206162', 'hex')]
  expect((await readDraftFile(Buffer.from(text))).provisions).toMatchObject([{ id: '1' }])
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  expect((await readDraftFile(utf16)).provisions).toMatchObject([{ text: '渡轮夜间不得鸣笛。' }])
  expect((await readDraftFile(gb)).provisions).toMatchObject([{ id: '1', heading: 'ab' }])
})

test('a ZIP that is made here is read as it was made', () => {
  const entries = entriesOf(zipOf({ 'a/b.xml': '<a>ä</a>', c: '' }))
  expect([...entries.keys()]).toEqual(['a/b.xml', 'c'])
  expect(unpack(entries.get('a/b.xml')!, 100).toString()).toBe('<a>ä</a>')
})
