/** A listener with link, hub and a real store, for tests that bring their own agents. */
export { type OpenLink, type OpenLinkOptions, openLink, type TestNode } from './open-link.ts'
