package surge

const (
	days        = 14        // that the usual peak is the median of
	unknownPeak = 4 * mille // the peak of a day that is not known
	memory      = 7 * 24    // hours that the level remembers
	few         = 5         // mentions that are added to both sides of every comparison, so that two for one is no double

	leastFactor = million / 10 // how far an hour or a day may lie from a middling one
	mostFactor  = 4 * million
)

// learn takes in a bucket that has become part of the past. At the end of an hour of the clock it learns the level and
// the time of day, at the end of a day the weekday and the peak.
func (s *Series) learn(n, count int64) {
	s.Hour = between(s.Hour+between(count, 0, most), 0, most)
	if mod(n, window) != window-1 {
		return
	}
	count, s.Hour = s.Hour, 0
	if n-window+1 < number(s.From) {
		return // only a part of this hour was watched
	}
	hour := floor(n, window)
	s.learnHour(hour, s.cut(hour, count))
	if mod(hour, 24) == 23 {
		s.learnDay(floor(hour, 24))
	}
}

// cut takes off what is beyond the series' usual peak, so that a surge is not learned as the usual in its first days.
// The result is in millionths.
func (s *Series) cut(hour, count int64) int64 {
	if s.Hours == 0 {
		return count * million
	}
	return min(count*million, scale(s.rate(hour)+few*million, s.peak(), mille))
}

func (s *Series) learnHour(hour, count int64) {
	s.Hours = between(s.Hours, 0, longest/window-1) + 1
	i, weekday := mod(hour, 24), s.weekday(hour)
	level := scale(count, million, scale(s.daytime(hour), weekday, million))
	s.Level = nearer(between(s.Level, 0, most*million), min(level, most*million), min(s.Hours, memory))
	if s.Level > 0 {
		seen := scale(scale(count, million, s.Level), million, weekday)
		s.Daytime[i] = nearer(s.daytime(hour), between(seen, leastFactor, mostFactor), min(s.Hours/24+2, 7))
	}
	s.Day = min(between(s.Day, 0, most*million)+scale(count, million, s.daytime(hour)), most*million)
}

func (s *Series) learnDay(day int64) {
	sum, peak := s.Day, s.Peak
	s.Day, s.Peak = 0, 0
	if s.Hours < 24 {
		return // only a part of this day was watched
	}
	copy(s.Peaks[1:], s.Peaks[:days-1])
	s.Peaks[0] = max(mille, peak)
	if s.Level > 0 {
		seen := scale(sum/24, million, s.Level)
		i := mod(day, 7)
		s.Weekdays[i] = nearer(factor(s.Weekdays[i]), between(seen, leastFactor, mostFactor), min(s.Hours/168+2, 7))
	}
}

// expected is how many mentions the hour that ends with a bucket usually has, in millionths.
func (s *Series) expected(n int64) int64 {
	hour := floor(n, window)
	now := mod(n, window) + 1 // buckets of this hour; the others are of the hour before
	return (s.rate(hour)*now + s.rate(hour-1)*(window-now)) / window
}

// rate is the usual of an hour of the clock, counted from 1970, in millionths of a mention.
func (s *Series) rate(hour int64) int64 {
	level := between(s.Level, 0, most*million)
	return scale(scale(level, s.daytime(hour), million), s.weekday(hour), million)
}

func (s *Series) daytime(hour int64) int64 { return factor(s.Daytime[mod(hour, 24)]) }

func (s *Series) weekday(hour int64) int64 { return factor(s.Weekdays[mod(floor(hour, 24), 7)]) }

func factor(v int64) int64 {
	if v == 0 {
		return million
	}
	return between(v, leastFactor, mostFactor)
}

// floor divides rounding down, and mod is what is left, never below zero.
func floor(n, by int64) int64 { return (n - mod(n, by)) / by }

func mod(n, by int64) int64 { return (n%by + by) % by }
