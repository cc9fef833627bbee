import './playground.css'
import { createKieClient, fixedPolling } from '@kiekit/core'
import { KieProvider } from '@kiekit/react'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { servedBy } from './served-by.ts'
import { applyTheme } from './theme.ts'

const client = createKieClient({ baseUrl: '/api/kie' })
// The fake's tasks take seconds; what is known of the real models would ask too late to show their states. Where changes
// are pushed, the page shows how little has to be asked.
const polling = servedBy.fake && !servedBy.push ? fixedPolling(1000) : undefined
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

applyTheme()
createRoot(root).render(
  <StrictMode>
    <KieProvider client={client} polling={polling} push={servedBy.push}>
      <App />
    </KieProvider>
  </StrictMode>,
)
