import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { defaultLimits } from '../../nodes/Uphance/http/limits.ts';
import type { Certainty } from '../../nodes/Uphance/transport/withOrganisation.ts';
import {
	acquireOrganisation,
	hasSeveralOrganisations,
	lockOf,
	releaseOrganisation,
} from '../../nodes/Uphance/transport/withOrganisation.ts';
import { clientState } from './clientState.mts';

afterEach(() => void jest.restoreAllMocks());

const one = { id: 1, name: 'One' };
const two = { id: 2, name: 'Two' };
const registering = (id: number) => `POST /organisations/set_current_org {"organizationId":${id}}`;
const minute = 60_000;

/** Registers, and tells whether a request that is so sure registers again so many milliseconds later. */
async function registersAgain(organisationCount: number, certainty: Certainty, milliseconds: number) {
	const { state, requests } = clientState({ organisationCount });
	const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000);
	(await acquireOrganisation(state, one, 'forced')).release();
	clock.mockReturnValue(1_000 + milliseconds);
	const turn = await acquireOrganisation(state, one, certainty);
	turn.release();
	expect(requests).toHaveLength(turn.registered ? 2 : 1);
	return turn.registered;
}

describe('A request of a user with one organisation', () => {
	test.each([
		['checked', false],
		['read', false],
		['write', true],
		['forced', true],
	] as const)('registers as the first if it is %s: %s', async (certainty, registered) => {
		const { state, requests } = clientState({ organisationCount: 1 });
		expect((await acquireOrganisation(state, one, certainty)).registered).toBe(registered);
		expect(requests).toEqual(registered ? [registering(1)] : []);
		expect([...state.requestedOrganisations]).toEqual(registered ? [1] : []);
	});

	test.each([
		['checked', 99 * minute, false],
		['read', 99 * minute, false],
		['write', defaultLimits.singleOrganisationTrustMs - 1, false],
		['write', defaultLimits.singleOrganisationTrustMs, true],
		['forced', 1, true],
	] as const)('registers again if it is %s after %i ms: %s', async (certainty, milliseconds, registered) => {
		expect(await registersAgain(1, certainty, milliseconds)).toBe(registered);
	});
});

describe('A request of a user with several organisations', () => {
	test.each(['checked', 'read', 'write', 'forced'] as const)(
		'registers as the first if it is %s',
		async (certainty) => {
			for (const organisationCount of [2, undefined]) {
				const { state, requests } = clientState({ organisationCount });
				expect((await acquireOrganisation(state, one, certainty)).registered).toBe(true);
				expect(requests).toEqual([registering(1)]);
			}
		},
	);

	test.each([
		['checked', 99 * minute, false],
		['read', defaultLimits.severalOrganisationsTrustMs - 1, false],
		['read', defaultLimits.severalOrganisationsTrustMs, true],
		['write', defaultLimits.severalOrganisationsTrustMs - 1, false],
		['write', defaultLimits.severalOrganisationsTrustMs, true],
		['forced', 1, true],
	] as const)('registers again if it is %s after %i ms: %s', async (certainty, milliseconds, registered) => {
		expect(await registersAgain(2, certainty, milliseconds)).toBe(registered);
	});
});

test('A user has several organisations if the session or an answer says so, or if there is no session', () => {
	expect(hasSeveralOrganisations(clientState({ organisationCount: 1 }).state)).toBe(false);
	expect(hasSeveralOrganisations(clientState({ organisationCount: 2 }).state)).toBe(true);
	expect(hasSeveralOrganisations(clientState().state)).toBe(true);
	const { state } = clientState({ organisationCount: 1 });
	lockOf(state).hasSeveral = true;
	expect(hasSeveralOrganisations(state)).toBe(true);
});

describe('A registration', () => {
	test('counts for the session that n8n renewed meanwhile', async () => {
		const { state, requests, renew } = clientState({ organisationCount: 2, answer: () => (renew(), '') });
		(await acquireOrganisation(state, one, 'write')).release();
		expect((await acquireOrganisation(state, one, 'write')).registered).toBe(false);
		expect(requests).toEqual([registering(1)]);
	});

	test('that Uphance refuses is thrown, and remembered as asked for', async () => {
		const { state } = clientState({ organisationCount: 2, answer: () => ({ Status: 'Failed' }) });
		await expect(acquireOrganisation(state, one, 'write')).rejects.toThrow('did not switch to organisation 1');
		expect([...state.requestedOrganisations]).toEqual([1]);
	});

	test('may be sent again: an answer that broke off is an error that says so', async () => {
		const { state } = clientState({ organisationCount: 2, answer: () => '{"Status":' });
		await expect(acquireOrganisation(state, one, 'write')).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' });
	});
});

describe('A turn', () => {
	test('ends the wait of another organisation when it is given back', async () => {
		const { state, requests } = clientState({ organisationCount: 2 });
		const turn = await acquireOrganisation(state, one, 'write');
		const next = acquireOrganisation(state, two, 'write');
		expect(requests).toEqual([registering(1)]);
		releaseOrganisation(state, turn, false);
		expect((await next).registered).toBe(true);
		expect(requests).toEqual([registering(1), registering(2)]);
	});

	test('is given back at once, or after a while if something may still be in flight', async () => {
		const { state } = clientState();
		let releases = 0;
		releaseOrganisation(state, { registered: false, release: () => (releases += 1) }, false);
		expect(releases).toBe(1);
		const isReleased = new Promise<void>((resolve) => {
			const release = () => resolve(void (releases += 1));
			releaseOrganisation(state, { registered: false, release }, true);
		});
		expect(releases).toBe(1);
		await isReleased;
		expect(releases).toBe(2);
	});

	test('is not waited for any longer when the execution is cancelled', async () => {
		const controller = new AbortController();
		const { state } = clientState({ organisationCount: 2, signal: controller.signal });
		await acquireOrganisation(state, one, 'write');
		const next = acquireOrganisation(state, two, 'write');
		controller.abort(new Error('cancelled'));
		await expect(next).rejects.toThrow('cancelled');
	});
});
