import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { openStory } from './open-story.ts'
import { expect, test } from './page-test.ts'

interface StoryEntry {
  id: string
  title: string
  name: string
  type: string
  tags?: string[]
}

const index = JSON.parse(readFileSync(join(import.meta.dirname, '../.storybook/dist/index.json'), 'utf8')) as {
  entries: Record<string, StoryEntry>
}
// What looks at each element, as axe does, takes minutes for a thousand alike: many.spec.ts looks at the first of them.
const stories = Object.values(index.entries).filter((entry) => entry.type === 'story' && !entry.tags?.includes('many'))

test('Storybook has stories', () => {
  expect(stories.length).toBeGreaterThan(10)
})

for (const story of stories) {
  test(`${story.title}: ${story.name} renders cleanly, plays through and is accessible, light and dark`, async ({
    page,
  }) => {
    for (const theme of ['light', 'dark'] as const) {
      await openStory(page, story.id, { theme })
      // The viewer stands in the page's body.
      const axe = new AxeBuilder({ page }).include('#storybook-root').include('[data-slot="result-viewer"]')
      const { violations } = await axe.analyze()
      const found = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html) }))
      expect(found, theme).toEqual([])
    }
  })
}
