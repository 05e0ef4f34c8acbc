import { expect, test } from '@jest/globals';
import type { INode, INodeParameters } from 'n8n-workflow';
import { UphanceTrigger } from '../../nodes/Uphance/UphanceTrigger.node.ts';
import { impossible, issues, kept, opened } from '../saving/editor.mts';

const type = new UphanceTrigger().description;
const nodeWith = (parameters: INodeParameters): INode => ({
	...{ id: '1', name: 'Uphance Trigger', type: 'uphanceTrigger', typeVersion: 1, position: [0, 0] },
	parameters,
});

test('An empty list of events is marked, unless other events are typed', () => {
	const required = { parameters: { events: ['Parameter "Events" is required.'] } };
	expect(issues(nodeWith({}), type)).toEqual(required); // a new node
	expect(issues(nodeWith({ events: [], otherEvents: '' }), type)).toEqual(required);
	expect(issues(nodeWith({ events: [], otherEvents: 'sales_order_create' }), type)).toBeNull();
	expect(issues(nodeWith({ events: ['invoice_create'] }), type)).toBeNull();
});

test.each([
	{ events: ['invoice_create', 'pick_ticket_update'] },
	{ events: ['*'], otherEvents: 'sales_order_create' },
	{ otherEvents: 'sales_order_create' },
])('%j is saved and opened as it was entered', (parameters) => {
	const saved = kept(nodeWith(parameters), type);
	expect(saved).toEqual(parameters);
	expect(opened(nodeWith(saved), type)).toMatchObject({ events: [], otherEvents: '', ...parameters });
	expect(impossible(nodeWith(saved), type)).toEqual([]);
});
