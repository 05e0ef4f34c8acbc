import type { Resource } from '../../operation/operation';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { searchOrders } from './search';

export const order: Resource = {
	option: { name: 'Sales Order', value: 'order', description: 'What a customer ordered, with its lines and sizes' },
	operations: [create, get, getAll],
	listSearch: { searchOrders },
};
