import { defineConfig } from 'vite'
import { webApp } from '../../platform/ui/vite.ts'

export default defineConfig(webApp('practice', process.env.PRACTICE_URL))
