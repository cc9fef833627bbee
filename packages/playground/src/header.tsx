import { MoonIcon, SunIcon } from 'lucide-react'
import { servedBy } from './served-by.ts'
import { toggleTheme, useTheme } from './theme.ts'

export function Header() {
  const theme = useTheme()
  return (
    <header className="flex items-center gap-3">
      <h1 className="text-lg font-semibold tracking-tight">
        Kiekit<span className="max-sm:sr-only"> playground</span>
      </h1>
      <span className="rounded-full border border-line px-2.5 py-0.5 text-xs whitespace-nowrap text-quiet">
        {servedBy.fake ? 'Fake Kie · free' : 'api.kie.ai · costs credits'}
      </span>
      <button
        type="button"
        onClick={toggleTheme}
        aria-label={theme === 'dark' ? 'Use the light theme' : 'Use the dark theme'}
        className="ms-auto grid size-9 cursor-pointer place-items-center rounded-lg text-quiet outline-accent hover:bg-line/50 hover:text-ink focus-visible:outline-2"
      >
        {theme === 'dark' ? (
          <SunIcon className="size-4.5" aria-hidden />
        ) : (
          <MoonIcon className="size-4.5" aria-hidden />
        )}
      </button>
    </header>
  )
}
