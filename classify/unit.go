package classify

import "strings"

// unit is a unit of measurement: its dimension and how many base units it is. Offset is added before
// scaling (temperatures only).
type unit struct {
	dim    string
	scale  float64
	offset float64
}

// unitOf finds a unit by its symbol, case-sensitively first ("mW" and "MW" differ), then in lower case.
// The empty unit is a bare count.
func unitOf(s string) (unit, bool) {
	s = respell(s)
	if u, ok := units[s]; ok {
		return u, true
	}
	u, ok := units[strings.ToLower(s)]
	return u, ok
}

// respell writes the many forms of a unit's symbol in one way. Most texts hold none of them, and the replacer would copy
// them.
func respell(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 || r == '^' }) && !strings.Contains(s, "per ") {
		return s
	}
	return unitSpelling.Replace(s)
}

// unitSpelling writes the many forms of one symbol in one way.
var unitSpelling = strings.NewReplacer(
	"μ", "µ", "㎛", "µm", "℃", "°C", "º", "°", "Ω", "Ω", "²", "2", "³", "3", "^", "", "·", "", "×", "x", "㎏", "kg", "㎜", "mm",
	"㎝", "cm", "㎡", "m2", "㎥", "m3", "％", "%", "‰", "‰", "per hour", "/h", "per second", "/s",
)

// units are in base units: m, kg, s, Hz, Pa, K, W, V, A, J, F, H, m/s, m3/s, rad-free degrees, degrees an
// hour, g (acceleration), kg/m3, per cent, bit/s, bit, TFLOPS, rpm, dB, m2, m3, Gy, T, Bq, N, eV, 1.
var units = map[string]unit{
	"": {"count", 1, 0}, "axes": {"axes", 1, 0}, "axis": {"axes", 1, 0}, "轴": {"axes", 1, 0}, "坐标": {"axes", 1, 0},
	"nm": {"length", 1e-9, 0}, "µm": {"length", 1e-6, 0}, "um": {"length", 1e-6, 0}, "micron": {"length", 1e-6, 0}, "microns": {"length", 1e-6, 0},
	"微米": {"length", 1e-6, 0}, "纳米": {"length", 1e-9, 0}, "mm": {"length", 1e-3, 0}, "毫米": {"length", 1e-3, 0}, "cm": {"length", 1e-2, 0},
	"厘米": {"length", 1e-2, 0}, "m": {"length", 1, 0}, "米": {"length", 1, 0}, "km": {"length", 1e3, 0}, "公里": {"length", 1e3, 0}, "千米": {"length", 1e3, 0},
	"inch": {"length", 0.0254, 0}, "in": {"length", 0.0254, 0}, "英寸": {"length", 0.0254, 0}, "ft": {"length", 0.3048, 0},
	"mg": {"mass", 1e-6, 0}, "gram": {"mass", 1e-3, 0}, "克": {"mass", 1e-3, 0}, "kg": {"mass", 1, 0}, "公斤": {"mass", 1, 0}, "千克": {"mass", 1, 0},
	"t": {"mass", 1e3, 0}, "ton": {"mass", 1e3, 0}, "tons": {"mass", 1e3, 0}, "吨": {"mass", 1e3, 0}, "lb": {"mass", 0.45359237, 0},
	"ps": {"time", 1e-12, 0}, "ns": {"time", 1e-9, 0}, "µs": {"time", 1e-6, 0}, "us": {"time", 1e-6, 0}, "ms": {"time", 1e-3, 0}, "s": {"time", 1, 0},
	"sec": {"time", 1, 0}, "秒": {"time", 1, 0}, "min": {"time", 60, 0}, "minutes": {"time", 60, 0}, "分钟": {"time", 60, 0}, "h": {"time", 3600, 0},
	"hours": {"time", 3600, 0}, "小时": {"time", 3600, 0}, "fs": {"time", 1e-15, 0},
	"Hz": {"frequency", 1, 0}, "hz": {"frequency", 1, 0}, "kHz": {"frequency", 1e3, 0}, "khz": {"frequency", 1e3, 0}, "MHz": {"frequency", 1e6, 0},
	"mhz": {"frequency", 1e6, 0}, "GHz": {"frequency", 1e9, 0}, "ghz": {"frequency", 1e9, 0}, "THz": {"frequency", 1e12, 0}, "赫兹": {"frequency", 1, 0},
	"fps": {"frame rate", 1, 0}, "帧/秒": {"frame rate", 1, 0}, "帧每秒": {"frame rate", 1, 0},
	"Pa": {"pressure", 1, 0}, "pa": {"pressure", 1, 0}, "mPa": {"pressure", 1e-3, 0}, "hPa": {"pressure", 100, 0}, "kPa": {"pressure", 1e3, 0},
	"kpa": {"pressure", 1e3, 0}, "MPa": {"pressure", 1e6, 0}, "mpa": {"pressure", 1e6, 0}, "GPa": {"pressure", 1e9, 0}, "gpa": {"pressure", 1e9, 0},
	"bar": {"pressure", 1e5, 0}, "mbar": {"pressure", 100, 0}, "psi": {"pressure", 6894.757, 0}, "ksi": {"pressure", 6894757, 0}, "torr": {"pressure", 133.322, 0},
	"atm": {"pressure", 101325, 0}, "kgf/cm2": {"pressure", 98066.5, 0}, "n/mm2": {"pressure", 1e6, 0}, "N/mm2": {"pressure", 1e6, 0}, "兆帕": {"pressure", 1e6, 0},
	"K": {"temperature", 1, 0}, "°C": {"temperature", 1, 273.15}, "°c": {"temperature", 1, 273.15}, "摄氏度": {"temperature", 1, 273.15}, "度c": {"temperature", 1, 273.15},
	"nW": {"power", 1e-9, 0}, "µW": {"power", 1e-6, 0}, "mW": {"power", 1e-3, 0}, "W": {"power", 1, 0}, "w": {"power", 1, 0}, "kW": {"power", 1e3, 0}, "kw": {"power", 1e3, 0},
	"MW": {"power", 1e6, 0}, "瓦": {"power", 1, 0}, "千瓦": {"power", 1e3, 0}, "hp": {"power", 745.7, 0}, "VA": {"apparent power", 1, 0}, "va": {"apparent power", 1, 0},
	"kVA": {"apparent power", 1e3, 0}, "kva": {"apparent power", 1e3, 0},
	"mV": {"voltage", 1e-3, 0}, "V": {"voltage", 1, 0}, "v": {"voltage", 1, 0}, "kV": {"voltage", 1e3, 0}, "kv": {"voltage", 1e3, 0}, "伏": {"voltage", 1, 0}, "千伏": {"voltage", 1e3, 0},
	"mA": {"current", 1e-3, 0}, "A": {"current", 1, 0}, "kA": {"current", 1e3, 0}, "安": {"current", 1, 0},
	"mJ": {"energy", 1e-3, 0}, "J": {"energy", 1, 0}, "kJ": {"energy", 1e3, 0}, "MJ": {"energy", 1e6, 0}, "焦耳": {"energy", 1, 0}, "Wh/kg": {"specific energy", 1, 0},
	"wh/kg": {"specific energy", 1, 0}, "MeV": {"particle energy", 1e6, 0}, "mev": {"particle energy", 1e6, 0}, "keV": {"particle energy", 1e3, 0}, "kev": {"particle energy", 1e3, 0},
	"pF": {"capacitance", 1e-12, 0}, "nF": {"capacitance", 1e-9, 0}, "µF": {"capacitance", 1e-6, 0}, "uF": {"capacitance", 1e-6, 0}, "F": {"capacitance", 1, 0},
	"nH": {"inductance", 1e-9, 0}, "µH": {"inductance", 1e-6, 0}, "mH": {"inductance", 1e-3, 0},
	"mm/s": {"speed", 1e-3, 0}, "m/s": {"speed", 1, 0}, "米/秒": {"speed", 1, 0}, "km/s": {"speed", 1e3, 0}, "km/h": {"speed", 1 / 3.6, 0}, "kn": {"speed", 0.514444, 0}, "knots": {"speed", 0.514444, 0},
	"节": {"speed", 0.514444, 0}, "mach": {"mach", 1, 0}, "马赫": {"mach", 1, 0}, "mm/µs": {"speed", 1e3, 0},
	"m3/h": {"volume flow", 1.0 / 3600, 0}, "m3/s": {"volume flow", 1, 0}, "l/s": {"volume flow", 1e-3, 0}, "L/s": {"volume flow", 1e-3, 0}, "l/min": {"volume flow", 1e-3 / 60, 0},
	"L/min": {"volume flow", 1e-3 / 60, 0}, "l/h": {"volume flow", 1e-3 / 3600, 0}, "L/h": {"volume flow", 1e-3 / 3600, 0}, "立方米/小时": {"volume flow", 1.0 / 3600, 0}, "kg/h": {"mass flow", 1.0 / 3600, 0},
	"g/h": {"mass flow", 1e-3 / 3600, 0}, "°": {"angle", 1, 0}, "deg": {"angle", 1, 0}, "arcsec": {"angle", 1.0 / 3600, 0}, "角秒": {"angle", 1.0 / 3600, 0}, "arc-sec": {"angle", 1.0 / 3600, 0},
	"mrad": {"angle", 0.0572958, 0}, "°/h": {"angular rate", 1, 0}, "deg/h": {"angular rate", 1, 0}, "deg/hr": {"angular rate", 1, 0}, "°/hr": {"angular rate", 1, 0}, "度/小时": {"angular rate", 1, 0},
	"°/s": {"angular rate", 3600, 0}, "deg/s": {"angular rate", 3600, 0}, "deg/sec": {"angular rate", 3600, 0}, "°/√h": {"angle random walk", 1, 0}, "deg/√h": {"angle random walk", 1, 0},
	"g": {"acceleration", 1, 0}, "G": {"acceleration", 1, 0}, "µg": {"acceleration", 1e-6, 0}, "ug": {"acceleration", 1e-6, 0}, "micro g": {"acceleration", 1e-6, 0}, "m/s2": {"acceleration", 1 / 9.80665, 0},
	"mGal": {"acceleration", 1.0197e-6, 0}, "mgal": {"acceleration", 1.0197e-6, 0}, "g/cm3": {"density", 1e3, 0}, "克/立方厘米": {"density", 1e3, 0}, "kg/m3": {"density", 1, 0}, "g/cc": {"density", 1e3, 0},
	"%": {"fraction", 1e-2, 0}, "wt%": {"fraction", 1e-2, 0}, "‰": {"fraction", 1e-3, 0}, "ppm": {"fraction", 1e-6, 0}, "ppb": {"fraction", 1e-9, 0},
	"bps": {"data rate", 1, 0}, "bit/s": {"data rate", 1, 0}, "kbit/s": {"data rate", 1e3, 0}, "Mbit/s": {"data rate", 1e6, 0}, "Mbps": {"data rate", 1e6, 0}, "mbps": {"data rate", 1e6, 0}, "Gbps": {"data rate", 1e9, 0},
	"gbps": {"data rate", 1e9, 0}, "Gbit/s": {"data rate", 1e9, 0}, "GB/s": {"data rate", 8e9, 0}, "bit": {"bits", 1, 0}, "bits": {"bits", 1, 0}, "位": {"bits", 1, 0}, "MSPS": {"sample rate", 1e6, 0},
	"msps": {"sample rate", 1e6, 0}, "Msps": {"sample rate", 1e6, 0}, "GSPS": {"sample rate", 1e9, 0}, "gsps": {"sample rate", 1e9, 0}, "GS/s": {"sample rate", 1e9, 0}, "gs/s": {"sample rate", 1e9, 0}, "MS/s": {"sample rate", 1e6, 0},
	"ksps": {"sample rate", 1e3, 0}, "TFLOPS": {"operations", 1, 0}, "tflops": {"operations", 1, 0}, "WT": {"operations", 1, 0}, "PFLOPS": {"operations", 1e3, 0}, "pflops": {"operations", 1e3, 0}, "rpm": {"rotation", 1, 0}, "r/min": {"rotation", 1, 0},
	"转/分": {"rotation", 1, 0}, "转/分钟": {"rotation", 1, 0}, "dB": {"level", 1, 0}, "db": {"level", 1, 0}, "cm2": {"area", 1e-4, 0}, "mm2": {"area", 1e-6, 0}, "m2": {"area", 1, 0}, "平方米": {"area", 1, 0},
	"cm3": {"volume", 1e-6, 0}, "ml": {"volume", 1e-6, 0}, "mL": {"volume", 1e-6, 0}, "毫升": {"volume", 1e-6, 0}, "l": {"volume", 1e-3, 0}, "L": {"volume", 1e-3, 0}, "升": {"volume", 1e-3, 0}, "liter": {"volume", 1e-3, 0},
	"liters": {"volume", 1e-3, 0}, "litre": {"volume", 1e-3, 0}, "litres": {"volume", 1e-3, 0}, "m3": {"volume", 1, 0}, "立方米": {"volume", 1, 0}, "gal": {"volume", 3.785e-3, 0}, "Gy": {"dose", 1, 0}, "rad": {"dose", 0.01, 0}, "krad": {"dose", 10, 0},
	"Mrad": {"dose", 1e4, 0}, "T": {"flux density", 1, 0}, "Tesla": {"flux density", 1, 0}, "tesla": {"flux density", 1, 0}, "特斯拉": {"flux density", 1, 0}, "nT": {"flux density", 1e-9, 0}, "pT": {"flux density", 1e-12, 0}, "GBq": {"activity", 1e9, 0},
	"MBq": {"activity", 1e6, 0}, "TBq": {"activity", 1e12, 0}, "N": {"force", 1, 0}, "kN": {"force", 1e3, 0}, "MN": {"force", 1e6, 0}, "lbf": {"force", 4.448, 0}, "Ω": {"resistance", 1, 0}, "ohm": {"resistance", 1, 0}, "u": {"atomic mass", 1, 0},
	"amu": {"atomic mass", 1, 0}, "mK": {"temperature difference", 1e-3, 0}, "g/den": {"tenacity", 0.0883, 0}, "cN/dtex": {"tenacity", 0.1, 0}, "N/tex": {"tenacity", 1, 0}, "dtex": {"linear density", 1e-7, 0}, "denier": {"linear density", 1.111e-7, 0},
}
