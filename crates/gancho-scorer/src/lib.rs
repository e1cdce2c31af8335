//! Features, calibration, intervals, explanations.
