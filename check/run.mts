import { recordsOf } from './answer.mts';
import type { Waits } from './connection.mts';
import { Connection, defaultWaits } from './connection.mts';
import { surveyList } from './fields.mts';
import { accessFindings } from './findings/access.mts';
import { fieldFindings, wordFindings } from './findings/fields.mts';
import { filterFindings } from './findings/filters.mts';
import type { Finding } from './findings/finding.mts';
import { listFindings } from './findings/lists.mts';
import { singleFindings } from './findings/singles.mts';
import { trafficFindings } from './findings/traffic.mts';
import { valueFindings } from './findings/values.mts';
import { boxes } from './lists.mts';
import { readAccount } from './reading.mts';
import type { Report } from './report.mts';
import { buildReport } from './report.mts';
import type { Safe } from './safe.mts';
import type { Login } from './session.mts';
import { Session } from './session.mts';
import { Vocabulary } from './vocabulary.mts';

export interface CheckOptions extends Login {
	apiUrl: string;
	switching?: boolean;
	/** Ends the check early; what was signed in is signed out. */
	signal?: AbortSignal;
	progress?: (text: Safe, requests: number) => void;
	/** Called at the end, also when something ends the check: whether the organisation was put back and every token revoked. */
	signedOut?: (completely: boolean) => void;
	waits?: Waits;
}

export interface Checked {
	findings: Finding[];
	report: Report;
	requests: number;
	/** Whether the organisation was put back and every token revoked. */
	isSignedOut: boolean;
}

/**
 * Reads an account and compares it with the description and with what the nodes expect. Changes nothing in it.
 *
 * @throws CheckError with what to do; the reason of the signal if it ends the check
 */
export async function checkAccount(options: CheckOptions): Promise<Checked> {
	const { apiUrl, switching = false, signal = new AbortController().signal, waits = defaultWaits } = options;
	const connection = new Connection(apiUrl, signal, waits);
	const session = new Session(connection, options);
	let isSignedOut = false;
	const reading = await readAccount({
		connection,
		session,
		switching,
		progress: (text) => options.progress?.(text, connection.requests),
	}).finally(async () => {
		isSignedOut = await session.end().catch(() => false);
		options.signedOut?.(isSignedOut);
	});
	const { answers, requests } = connection;
	const vocabulary = new Vocabulary();
	for (const { body, path } of answers) if (!path.startsWith('/oauth/')) vocabulary.addAnswer(body);
	const ofBoxes = reading.boxes && { facts: boxes, first: reading.boxes, filters: [] };
	const surveyed = [
		...reading.lists,
		...(ofBoxes ? [{ ...ofBoxes, records: recordsOf(ofBoxes.first, boxes.listKey) }] : []),
	].map(surveyList);
	const findings = [
		...accessFindings(reading, vocabulary),
		...listFindings(reading),
		...filterFindings(reading.lists),
		...singleFindings(reading, vocabulary),
		...valueFindings(reading),
		...fieldFindings(surveyed, vocabulary),
		...wordFindings(surveyed, vocabulary),
		...trafficFindings(answers, vocabulary),
	];
	return { findings, report: buildReport(findings, surveyed, answers, vocabulary), requests, isSignedOut };
}
