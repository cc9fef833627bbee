import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { formatCredits } from '../credits-badge/format-credits.ts'
import { ResultGallery } from '../result-gallery/result-gallery.tsx'
import { pendingTask, succeededTask } from '../samples/sample-task.stories-support.ts'
import { TaskProgress } from '../task-progress/task-progress.tsx'
import { ar } from './ar.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { KieLabelsProvider } from './kie-labels-provider.tsx'
import { zh } from './zh.ts'

const numbers = (text: string) => text.match(/\d+/g)?.sort()

describe.each([
  ['Spanish', es],
  ['Chinese', zh],
  ['Arabic', ar],
])('%s', (_name, language) => {
  it('has every word that English has, and none left in English', () => {
    expect(Object.keys(language).sort()).toEqual(Object.keys(en).sort())
    const same = Object.entries(language).filter(
      ([key, words]) => typeof words === 'string' && words === en[key as keyof typeof en],
    )
    expect(same).toEqual([])
  })

  it('keeps the placeholders of the viewer', () => {
    expect(language['viewer.position']).toContain('{index}')
    expect(language['viewer.position']).toContain('{total}')
  })

  it('names positions by the same numbers', () => {
    expect(numbers(language['gallery.image'](2, 7, null))).toEqual(['2', '7'])
    expect(numbers(language['gallery.saving-all'](3, 9))).toEqual(['3', '9'])
    expect(numbers(language['gallery.select'](3, 9))).toEqual(['3', '9'])
    expect(numbers(language['gallery.selected'](3, 9))).toEqual(['3', '9'])
    expect(numbers(language['gallery.saved-some'](5, 7, [3, 4]))).toEqual(['3', '4', '5', '7'])
  })

  it('reaches every component through the provider', () => {
    render(
      <KieLabelsProvider labels={language}>
        <TaskProgress task={pendingTask('generating')} />
        <ResultGallery task={succeededTask([])} />
      </KieLabelsProvider>,
    )
    expect(screen.getByText(language['phase.generating'])).toBeInTheDocument()
    expect(screen.getByText(language['gallery.none'])).toBeInTheDocument()
  })
})

describe('numbers', () => {
  it('are written and listed as the language does', () => {
    expect(en['gallery.image'](1000, 2000, null)).toBe('Image 1,000 of 2,000')
    expect(en['gallery.saved-some'](2, 5, [1, 2, 1000])).toBe(
      '2 of 5 saved. Could not be fetched: results 1, 2, and 1,000.',
    )
    expect(es['gallery.select'](12_345, 20_000)).toBe('Seleccionar el resultado 12.345 de 20.000')
    expect(es['gallery.saved-some'](1, 3, [2, 3])).toBe('1 de 3 guardado. No se pudo obtener: resultados 2 y 3.')
    expect(es['gallery.saved'](1_000_000)).toBe('1.000.000 de archivos guardados.')
    expect(zh['gallery.saved-some'](1, 3, [2, 3])).toContain('第 2和3 个')
    expect(ar['gallery.saved-some'](1, 3, [2, 3])).toContain('النتيجتين')
  })
})

describe('plurals', () => {
  it('follow the rules of the language', () => {
    expect(en['gallery.pending'](1)).toBe('1 result on its way')
    expect(es['gallery.pending'](2)).toBe('2 resultados en camino')
    expect(en['gallery.saved'](1)).toBe('1 file saved.')
    expect(es['gallery.saved'](3)).toBe('3 archivos guardados.')
    expect([1, 2, 1_000_000].map((count) => formatCredits(count, es))).toEqual([
      '1 crédito',
      '2 créditos',
      '1.000.000 de créditos',
    ])
    expect([1, 2, 1_000_000].map((count) => es['task.more'](count))).toEqual([
      'y 1 resultado más',
      'y 2 resultados más',
      'y 1.000.000 de resultados más',
    ])
    expect([1, 2].map((count) => en['task.more'](count))).toEqual(['and 1 more result', 'and 2 more results'])
    expect([-1, 1, 1.5].map((count) => formatCredits(count, en))).toEqual(['-1 credit', '1 credit', '1.5 credits'])
    expect([1, 1204.5].map((count) => formatCredits(count, zh))).toEqual(['1 积分', '1,204.5 积分'])
  })

  it.each([
    [0, 'لا ملفات', 'لا نتائج أخرى', 'لا نقاط'],
    [1, 'ملف واحد', 'نتيجة واحدة أخرى', 'نقطة واحدة'],
    [2, 'ملفان', 'نتيجتان أخريان', 'نقطتان'],
    [3, '3 ملفات', '3 نتائج أخرى', '3 نقاط'],
    [11, '11 ملفًا', '11 نتيجة أخرى', '11 نقطة'],
    [100, '100 ملف', '100 نتيجة أخرى', '100 نقطة'],
  ])('have six forms in Arabic: %i', (count, files, further, credits) => {
    expect(ar['gallery.saved'](count)).toContain(`${files}.`)
    expect(ar['task.more'](count)).toBe(`و${further}`)
    expect(formatCredits(count, { ...ar, locale: 'ar-u-nu-latn' })).toBe(credits)
  })
})
