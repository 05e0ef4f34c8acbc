import { writeFileSync } from 'node:fs';
import type { Arguments } from './arguments.mts';
import { parseArguments, usage } from './arguments.mts';
import { CheckError } from './connection.mts';
import { readPassword } from './password.mts';
import { checkAccount } from './run.mts';
import { summarise, renderTable } from './table.mts';

const stopped = new AbortController();
/** How the session ended; empty while there is none. */
let end = '';
let stoppedAt = Infinity;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(name, () => {
		// One Ctrl+C can come twice: from the terminal, and passed on by npm.
		if (Date.now() - stoppedAt > 1_000) process.exit(130);
		if (stopped.signal.aborted) return;
		stoppedAt = Date.now();
		console.log('\nSigning out. Press Ctrl+C again to leave at once.');
		stopped.abort();
	});
}

/** Returns the exit status. */
async function run({ report: file, ...options }: Arguments): Promise<number> {
	const password = await readPassword(stopped);
	const start = Date.now();
	console.log('Reading the account. Nothing in it is changed.');
	const { findings, report, requests } = await checkAccount({
		...options,
		password,
		signal: stopped.signal,
		signedOut: (completely) => {
			end = completely
				? 'Signed out.'
				: 'Could not sign out completely: choose your organisation in Uphance again if you belong to several. The session ends by itself.';
		},
		progress: (text, sent) => console.log(`${String(sent).padStart(3)} requests, now: ${String(text)}`),
	});
	writeFileSync(file, `${JSON.stringify(report, null, '\t')}\n`);
	console.log(`
${renderTable(findings)}

${summarise(findings)}
${requests} requests in ${Math.round((Date.now() - start) / 1000)} seconds. ${end}
${file} has all of this and no value of the account. Please attach it to an issue:
https://github.com/n8n-nodes-uphance/n8n-nodes-uphance/issues/new?template=about-uphance.yml`);
	return findings.some(({ verdict }) => verdict === 'matters') ? 1 : 0;
}

try {
	const options = parseArguments(process.argv.slice(2));
	if (options) process.exitCode = await run(options);
	else console.log(usage);
} catch (error) {
	if (stopped.signal.aborted) {
		console.log(['Stopped.', end, 'Nothing was written.'].filter((text) => text !== '').join(' '));
		process.exitCode = 130;
	} else {
		// Anything else could carry what was sent.
		const isOwn = error instanceof CheckError || (error instanceof Error && !('cause' in error));
		console.error(isOwn && error instanceof Error ? error.message : 'The check failed.');
		process.exitCode = 2;
	}
}
