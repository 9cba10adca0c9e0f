import * as fs from 'node:fs';

import { Problem } from '../../../scripts/n8n/problem';

const PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Nothing of it may call out, and as root (in a container) its sandbox does not start. */
export const CHROMIUM_FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * The path of this machine's Chromium or Chrome.
 *
 * @throws Problem where there is none.
 */
export function findChromium(): string {
	const { CHROMIUM } = process.env;
	const found = (CHROMIUM ? [CHROMIUM] : PLACES).find((place) => fs.existsSync(place));
	if (found) return found;
	throw new Problem(
		CHROMIUM
			? `There is no ${CHROMIUM}, which CHROMIUM in the environment names.`
			: 'These tests use the editor in Chromium, and there is none on this machine. On Debian and Ubuntu: apt-get install ' +
					'chromium. Elsewhere: set CHROMIUM to the path of a Chromium or Chrome.',
	);
}
