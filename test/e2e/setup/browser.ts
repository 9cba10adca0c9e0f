import { chromium } from 'playwright-core';

import { CHROMIUM_FLAGS, findChromium } from './chromium';

/** Starts the browser that all tests share, each with a profile of its own. Gives the address that they find it at. */
export async function startBrowser(): Promise<{ address: string; close(): Promise<void> }> {
	const server = await chromium.launchServer({
		executablePath: findChromium(),
		headless: true,
		args: CHROMIUM_FLAGS,
		host: '127.0.0.1',
		// What ends a run ends the browser, in its turn.
		handleSIGINT: false,
		handleSIGTERM: false,
		handleSIGHUP: false,
	});
	return { address: server.wsEndpoint(), close: async () => await server.close() };
}
