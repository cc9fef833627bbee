import { expect, test } from '@playwright/test'
import { storybook } from './storybook.ts'

test('where the code of the large view does not come the page stays, and a second click tries again', async ({
  page,
}) => {
  await page.route(/lightbox-[^/]*\.js/, (route) => route.abort())
  const refused = page.waitForEvent('requestfailed')
  await page.goto(`${storybook}/iframe.html?id=components-resultgallery--one-result&viewMode=story`)
  const picture = page.getByRole('button', { name: /^Image 1 of 1/ })
  await picture.click()
  await refused
  await expect(picture).toBeVisible()
  await expect(picture).toBeFocused()
  await page.unroute(/lightbox-[^/]*\.js/)
  await picture.click()
  await expect(page.getByRole('dialog', { name: 'Results, large' })).toBeVisible()
})
