import { describe, expect, jest, test } from '@jest/globals';
import {
	findForeignOrganisation,
	foreignOrganisationError,
	listOrganisations,
} from '../../nodes/Uphance/transport/foreignOrganisation.ts';
import type { ApiRequest } from '../../nodes/Uphance/transport/sendWithRetry.ts';
import { lockOf } from '../../nodes/Uphance/transport/withOrganisation.ts';
import { clientState } from './clientState.mts';

const own = { id: 1, name: 'One' };
const answering = (...organisations: unknown[]) => ({ answer: () => ({ organisations }) });
const refusing = () => {
	throw Object.assign(new Error('Forbidden'), { response: { status: 403, headers: {} } });
};
const naming = (...ids: unknown[]) => ({ orders: ids.map((organisation_id) => ({ organisation_id })) });
const listing = 'GET /organisations undefined';

describe('The organisations of the user', () => {
	test.each<[unknown[], boolean]>([
		[[own], false],
		[[own, { id: 2, name: 'Two' }], true],
		[[own, { name: 'Without an ID' }], true],
	])('%j are several: %s', async (organisations, hasSeveral) => {
		const { state, requests } = clientState(answering(...organisations));
		expect((await listOrganisations(state)).organisations).toContainEqual(own);
		expect(lockOf(state).hasSeveral).toBe(hasSeveral);
		expect(requests).toEqual([listing]);
	});

	test('are none in another answer', async () => {
		const { state } = clientState({ answer: () => ({ organisation: own }) });
		await expect(listOrganisations(state)).rejects.toThrow(
			'Uphance gave an unexpected answer when asked to list the organisations',
		);
	});
});

describe('An answer', () => {
	test.each([[naming()], [naming(1, '1')], [undefined], ['text'], [naming(null)]])(
		'that names no other organisation asks nothing (%j)',
		async (body) => {
			const { state, requests } = clientState();
			const invalidate = jest.spyOn(lockOf(state), 'invalidate');
			expect(await findForeignOrganisation(state, body, own)).toBeUndefined();
			expect(requests).toEqual([]);
			expect(invalidate).not.toHaveBeenCalled();
		},
	);

	test('that names another organisation of the user tells it, and makes the next request register', async () => {
		const { state, requests, warnings } = clientState(answering(own, { id: 2, name: 'Two' }));
		const invalidate = jest.spyOn(lockOf(state), 'invalidate');
		expect(await findForeignOrganisation(state, naming(1, 2), own)).toBe('2');
		expect(invalidate).toHaveBeenCalledTimes(1);
		lockOf(state).hasSeveral = false;
		expect(await findForeignOrganisation(state, naming('2'), own)).toBe('2');
		expect(lockOf(state).hasSeveral).toBe(true);
		expect(requests).toEqual([listing]);
		expect(warnings).toEqual([]);
	});

	test('that names an ID of no organisation is let through, asked about once and logged once', async () => {
		const { state, requests, warnings } = clientState(answering(own));
		const invalidate = jest.spyOn(lockOf(state), 'invalidate');
		for (const body of [naming(88), naming(88), naming(1, 88, 99), naming(99)])
			expect(await findForeignOrganisation(state, body, own)).toBeUndefined();
		expect(requests).toEqual([listing, listing]);
		expect(warnings).toEqual(["Uphance: organisation_id 88 is none of this user's organisations"]);
		expect(invalidate).not.toHaveBeenCalled();
	});

	test('that names both tells the organisation, and logs the other ID', async () => {
		const { state, warnings } = clientState(answering(own, { id: 2, name: 'Two' }));
		expect(await findForeignOrganisation(state, naming(2, 88), own)).toBe('2');
		expect(await findForeignOrganisation(state, naming(88, 2), own)).toBe('2');
		expect(warnings).toEqual(["Uphance: organisation_id 88 is none of this user's organisations"]);
	});

	test('counts as that of another organisation as long as Uphance cannot be asked', async () => {
		const { state, requests, warnings } = clientState({ answer: refusing });
		const invalidate = jest.spyOn(lockOf(state), 'invalidate');
		expect(await findForeignOrganisation(state, naming(88), own)).toBe('88');
		expect(await findForeignOrganisation(state, naming(88), own)).toBe('88');
		expect(requests).toEqual([listing, listing]);
		expect(invalidate).toHaveBeenCalledTimes(2);
		expect(lockOf(state).hasSeveral).toBe(false);
		expect(state.foreignIds.size).toBe(0);
		expect(warnings).toEqual([]);
	});
});

describe('The error', () => {
	const read: ApiRequest = { action: 'list sales orders', method: 'GET', path: '/sales_orders' };
	const creation = { noun: 'the sales order', adviceIfUnknown: '', adviceIfRejected: '' };
	const advice =
		'Someone works with the same Uphance user in another organisation. Use an Uphance user made for n8n only, one for each organisation.';
	const unanswered = 'Uphance did not say whether this user has organisation 2.';

	test.each([
		['read', true, 'Uphance answered with records of organisation 2 instead of One (1)', advice],
		[
			'created',
			true,
			'Uphance created the sales order in organisation 2 instead of One (1)',
			`Delete it there before you run this again. ${advice}`,
		],
		[
			'read',
			false,
			'Uphance answered with records of organisation 2 instead of One (1)',
			`${unanswered} Try again later.`,
		],
		[
			'created',
			false,
			'Uphance created the sales order, perhaps in organisation 2 instead of One (1)',
			`${unanswered} Look for it in Uphance before you run this again.`,
		],
	])('says what was %s there, if Uphance could be asked: %s', (what, isKnown, message, description) => {
		const { state } = clientState();
		if (isKnown) state.foreignIds.set('2', true);
		const request = what === 'read' ? read : { ...read, creation };
		expect(foreignOrganisationError(state, request, own, '2')).toMatchObject({ message, description });
	});
});
