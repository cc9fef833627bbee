// What play functions cannot do: real fingers, keys and a real mouse, as the browser itself reads them.
import type { Page } from '@playwright/test'
import { openStory } from './open-story.ts'
import { expect, test } from './page-test.ts'

/** Draws a finger over the screen, at a pace that is a swipe. */
async function swipe(page: Page, from: number, to: number) {
  const session = await page.context().newCDPSession(page)
  const steps = 8
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: 400 }] })
  await touch('touchStart', from)
  for (let step = 1; step <= steps; step += 1) await touch('touchMove', from + ((to - from) * step) / steps)
  await touch('touchEnd')
}

test.describe('on a touch screen', () => {
  test.use({ hasTouch: true })

  test('the large view turns to the next result with a swipe, and back', async ({ page }) => {
    await openStory(page, 'components-resultviewer--open')
    const viewer = page.getByRole('dialog', { name: 'Results, large' })
    const previous = viewer.getByRole('button', { name: 'Previous' })
    await expect(previous).toBeDisabled()
    await swipe(page, 900, 200)
    await expect(previous).toBeEnabled()
    await swipe(page, 200, 900)
    await expect(previous).toBeDisabled()
  })
})

test('the divider between before and after follows the mouse', async ({ page }) => {
  await openStory(page, 'components-beforeafter--compared')
  const slider = page.getByRole('slider', { name: 'Compare before and after' })
  const box = await slider.boundingBox()
  if (!box) throw new Error('The slider has no place on the page.')
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const
  await page.mouse.move(...at(0.5))
  await page.mouse.down()
  await page.mouse.move(...at(0.8), { steps: 4 })
  await page.mouse.up()
  const shown = async () => Number(/\d+/.exec((await slider.getAttribute('aria-valuetext')) ?? '')?.[0])
  expect(await shown()).toBeGreaterThan(15)
  expect(await shown()).toBeLessThan(25)
  await page.keyboard.press('End')
  await expect(slider).toHaveAttribute('aria-valuetext', 'After: 0%')
  await page.keyboard.press('ArrowLeft')
  await expect(slider).toHaveAttribute('aria-valuetext', 'After: 1%')
})

test('the arrow keys move the divider of a comparison', async ({ page }) => {
  await openStory(page, 'components-beforeafter--compared')
  const divider = page.getByRole('slider', { name: 'Compare before and after' })
  const before = Number(await divider.inputValue())
  await divider.press('ArrowRight')
  await expect(divider).toHaveValue(String(before + 1))
  await divider.press('ArrowLeft')
  await expect(divider).toHaveValue(String(before))
})
