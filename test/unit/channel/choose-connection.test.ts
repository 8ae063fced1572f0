import { chooseConnection, largeRequestBytes, type Load } from '../../../src/channel/choose-connection';

const room = { maxCalls: 100, mayOpen: true };
const full = { maxCalls: 100, mayOpen: false };
const load = (calls: number, requestBytes = 0, failing = false): Load => ({ calls, requestBytes, failing });
const uploading = load(1, largeRequestBytes);

describe('the connection for a call', () => {
  it('is a new one when there is none, or when all are full', () => {
    expect(chooseConnection([], 0, room)).toBeUndefined();
    expect(chooseConnection([load(100), load(100)], 0, room)).toBeUndefined();
  });

  it('is none when all are full and there cannot be another', () => {
    expect(chooseConnection([load(100)], 0, full)).toBeUndefined();
    expect(chooseConnection([load(100)], largeRequestBytes, full)).toBeUndefined();
  });

  it('is the one with the most calls for a small request, so that the others become idle', () => {
    const connections = [load(3), load(100), load(99), load(0)];
    expect(chooseConnection(connections, 10_000, room)).toBe(connections[2]);
  });

  it('is one that does not upload for a small request, if there is one', () => {
    const connections = [uploading, load(0)];
    expect(chooseConnection(connections, 10_000, room)).toBe(connections[1]);
    expect(chooseConnection([uploading], 10_000, room)).toBe(uploading);
  });

  it('is for a large request the one with the fewest bytes', () => {
    const connections = [load(1, 4 * largeRequestBytes), load(50, 1000), load(2, 2000)];
    expect(chooseConnection(connections, largeRequestBytes, room)).toBe(connections[1]);
  });

  it('is a new one for a large request while all upload, as long as there can be one', () => {
    const connections = [load(1, 2 * largeRequestBytes), uploading];
    expect(chooseConnection(connections, largeRequestBytes, room)).toBeUndefined();
    expect(chooseConnection(connections, largeRequestBytes, full)).toBe(uploading);
  });

  it('is not one that fails while another does not, and no more are opened then', () => {
    const failing = load(0, 0, true);
    expect(chooseConnection([failing, uploading], largeRequestBytes, room)).toBe(uploading);
    expect(chooseConnection([failing, load(100)], 0, full)).toBeUndefined();
  });

  it('is one that fails when all do: the call then fails at once', () => {
    const failing = load(0, 0, true);
    expect(chooseConnection([failing], largeRequestBytes, room)).toBe(failing);
  });
});
