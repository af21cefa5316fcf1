/** A frame is one WebSocket message of at most this size; what is larger goes by HTTPS. */
export const MAX_FRAME_BYTES = 256 * 1024

/** Bytes of output in one frame: leaves room for the other fields and keeps heartbeats prompt on slow links. */
export const OUTPUT_PIECE_BYTES = 128 * 1024

/** Bytes of one link's output that may be under way without a receipt. */
export const OUTPUT_WINDOW_BYTES = 1024 * 1024

/** Kept streams up to this size travel inside the result. */
export const WHOLE_STREAM_BYTES = 32 * 1024

/** Calls that one link may have in flight. */
export const MAX_CALLS = 8
