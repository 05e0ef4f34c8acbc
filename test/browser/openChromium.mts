import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

/**
 * Starts the Chromium of this system, without a window. It asks nobody but the addresses it is led to.
 *
 * @throws Error with a sentence that says what to do when there is none
 */
export async function openChromium(): Promise<Browser> {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const executablePath = ['chromium', 'chromium-browser', 'google-chrome']
		.flatMap((name) => folders.map((folder) => join(folder, name)))
		.find((file) => existsSync(file));
	if (!executablePath) {
		throw new Error('There is no Chromium on this system. On Debian and Ubuntu: apt-get install chromium');
	}
	const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
	return await chromium.launch({ executablePath, args });
}
